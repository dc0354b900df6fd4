import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Frame, Page } from 'playwright-core';
import { EmbeddedProduct } from '../harness/embedded-product.ts';
import { eventually } from '../harness/synchronize.ts';

jest.setTimeout(120_000);

const size = { width: 1280, height: 720 };
const lines = (count: number) => '<p>The product has something to say here.</p>'.repeat(count);
const above = 20;
const restMs = 1_000;

let embedded: EmbeddedProduct;

beforeAll(async () => {
  embedded = await EmbeddedProduct.start({ viewport: size });
  for (let at = 0; at < 40; at += 1)
    await embedded.workspace.admin.post('/api/members', { email: `person-${at}@example.com` }).expect(201);
});

afterAll(() => embedded?.stop());

beforeEach(() => embedded.reset());

/** Opens a page of the product that has something above and below the frame. */
async function open(path: string): Promise<{ page: Page; frame: Frame }> {
  embedded.pages.body = `${lines(above)}<user-provisioning auto-height path="${path}"></user-provisioning>${lines(40)}`;
  const { page } = await embedded.open();
  return { page, frame: await embedded.screenIn(page) };
}

const frameHeight = (page: Page) =>
  page.evaluate<number>(`document.querySelector('user-provisioning').getBoundingClientRect().height`);

/** How high the frame is once it is lower than that and its page has come to rest: what is still loading changes it. */
async function settledHeight(page: Page, lowerThan: number): Promise<number> {
  let last = 0;
  return eventually(async () => {
    const height = await frameHeight(page);
    if (height < lowerThan && height === last) return height;
    last = height;
    await sleep(restMs);
    return null;
  });
}

/** Scrolls the page of the product, so that so much of the frame is above the window. */
async function scrollPast(page: Page, px: number): Promise<void> {
  await page.evaluate(
    `window.scrollTo(0, document.querySelector('user-provisioning').getBoundingClientRect().top + window.scrollY + ${px})`,
  );
}

/** Presses a button where it is, which a person can only do if it can be seen. */
async function pressSeen(page: Page, frame: Frame, name: string): Promise<void> {
  const box = await frame.getByRole('button', { name, exact: true }).last().boundingBox();
  if (box === null) throw new Error(`No button ${name} is there`);
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.y + box.height).toBeLessThanOrEqual(size.height);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/** Waits until the dialog is whole inside the window. */
const isSeen = (frame: Frame) =>
  eventually(async () => {
    const box = await frame.getByRole('dialog').last().boundingBox();
    return box !== null && box.height > 100 && box.y >= 0 && box.y + box.height <= size.height ? true : null;
  });

describe('a dialog in a frame that is as high as its content', () => {
  it('is where the page of the product is scrolled to, follows it, and can be used there', async () => {
    const { page, frame } = await open('members');
    await frame.getByRole('link', { name: 'person-39@example.com' }).waitFor();
    expect(await frameHeight(page)).toBeGreaterThan(1.5 * size.height);
    await scrollPast(page, 0);
    await pressSeen(page, frame, 'Add member');
    await isSeen(frame);
    await scrollPast(page, 600);
    await isSeen(frame);
    // Only the last part of the frame can be seen.
    await scrollPast(page, (await frameHeight(page)) - 400);
    await isSeen(frame);
    await frame.getByRole('dialog').getByLabel('E-mail').fill('cara@example.com');
    await isSeen(frame);
    await frame.getByRole('dialog').getByLabel('E-mail').press('Enter');
    await frame.getByRole('heading', { name: 'cara@example.com' }).waitFor();
  });

  it('has the frame grow when it is higher than the frame, which is as before when it closes', async () => {
    await embedded.workspace.operator
      .put('/operator/branding', { hide: ['header', 'navigation'] })
      .expect(200);
    const { page, frame } = await open('properties');
    await frame.getByRole('heading', { name: 'Properties', exact: true }).waitFor();
    const before = await settledHeight(page, size.height / 2);
    await scrollPast(page, -100);
    await frame.getByRole('button', { name: 'Add property' }).click();
    await isSeen(frame);
    const { height } = (await frame.getByRole('dialog').boundingBox()) ?? { height: 0 };
    expect(await frameHeight(page)).toBeGreaterThan(height);
    await pressSeen(page, frame, 'Close');
    await eventually(async () => ((await frameHeight(page)) === before ? true : null));
    await embedded.workspace.operator.put('/operator/branding', {}).expect(200);
  });
});
