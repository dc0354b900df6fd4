import { mkdirSync } from 'node:fs';
import { makeDataDir, readOperatorToken, startServiceProcess } from '../test/harness/process.ts';
import { ProductApi } from './demo/product-api.ts';
import { fontsOfBrowser, openBrowser } from './screenshots/browser.ts';
import { failedScenes, heldScenes, morningScenes, type Scene, waitingScenes } from './screenshots/scenes.ts';
import { Story } from './screenshots/story.ts';
import { folder, looks, View } from './screenshots/view.ts';

const admin = 'admin@nordlicht.example';
/** Nobody is told of anything; the page of notifications shows what can be chosen. */
const settings = {
  LOG_LEVEL: 'silent',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'no-reply@mooncamp.example',
};

/** Pictures every screen in every look, or those that the arguments name. */
async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const names = process.argv.slice(2);
  const namedLooks = looks.filter(({ name }) => names.includes(name));
  const namedScenes = names.filter((name) => !looks.some((look) => look.name === name));
  const isWanted = (name: string) => namedScenes.length === 0 || namedScenes.includes(name);

  const { dataDir, remove } = await makeDataDir();
  const service = await startServiceProcess({ DATA_DIR: dataDir, ...settings });
  const browser = await openBrowser(await fontsOfBrowser());
  const operator = new ProductApi(service.url, await readOperatorToken(dataDir));
  const openViews = async (workspaceId: string) => {
    const views: View[] = [];
    // One after the other: eight windows that open at once take longer on a busy machine than a page may.
    for (const look of namedLooks.length > 0 ? namedLooks : looks) {
      const { code } = await operator.createAdminLink(workspaceId, admin);
      views.push(await View.open(browser, service.url, look, code));
    }
    return views;
  };
  const picture = async (views: readonly View[], scenes: readonly Scene[]) => {
    for (const { name, path, whole, act } of scenes.filter((scene) => isWanted(scene.name))) {
      for (const view of views) {
        await view.goto(path);
        try {
          await act?.(view);
        } catch (error) {
          // A picture of where it got stuck helps more than none.
          process.stderr.write(`${name}: ${String(error)}\n`);
        }
        await view.shoot(name, whole);
        await view.page.unrouteAll({ behavior: 'wait' });
      }
    }
  };
  try {
    const { id } = await operator.createWorkspace('Nordlicht GmbH');
    const views = await openViews(id);
    await picture(views, [{ name: 'not-entitled', path: 'user-provisioning' }]);
    await operator.entitle(id);
    await picture(views, [{ name: 'activate', path: 'user-provisioning' }]);
    const story = await activate(service.url, operator, id);
    await picture(views, waitingScenes);
    await story.testWithPieceOfToken();
    await picture(views, failedScenes);
    await story.untilTheMorningAfter();
    await picture(views, morningScenes);
    await story.synchronize();
    await picture(views, heldScenes);

    const sandbox = await operator.createWorkspace('Nordlicht Sandbox');
    await operator.makeSandbox(sandbox.id);
    await activate(service.url, operator, sandbox.id);
    await picture(await openViews(sandbox.id), [{ name: 'sandbox', path: 'user-provisioning', whole: true }]);
  } finally {
    await browser.close();
    await service.stop();
    await remove();
  }
}

/** Entitles the workspace and activates user provisioning in it, as its admin. */
async function activate(url: string, operator: ProductApi, workspaceId: string): Promise<Story> {
  await operator.entitle(workspaceId);
  const { code } = await operator.createAdminLink(workspaceId, admin);
  const { token } = await new ProductApi(url, null).openSession(code);
  const { secret } = await new ProductApi(url, token).activate();
  return new Story(url, token, secret);
}

await main();
