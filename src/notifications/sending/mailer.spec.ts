import { describe, expect, it, jest } from '@jest/globals';
import type { Config } from '../../config/config.ts';
import type { Mail } from './mail.ts';

const createTransport = jest.fn<() => { sendMail: () => Promise<{ response: string }> }>();
jest.unstable_mockModule('nodemailer', () => ({ createTransport }));
const { Mailer } = await import('./mailer.ts');

const server = { host: 'mail.example', port: 587, isSecure: false, login: null };
const config = { mail: { server } } as unknown as Config;
const mail = { subject: 'Any' } as unknown as Mail;

describe('the library of mail', () => {
  it('is tried again after it could not be loaded, which is not told as the fault of the mail server', async () => {
    const mailer = new Mailer(config);
    createTransport.mockImplementationOnce(() => {
      throw new Error('too many open files');
    });
    await expect(mailer.send(mail)).rejects.toThrow('too many open files');
    createTransport.mockReturnValue({ sendMail: () => Promise.resolve({ response: '250 taken' }) });
    const both = await Promise.all([mailer.send(mail), mailer.send(mail)]);
    expect(both).toMatchObject([
      { error: null, status: 250 },
      { error: null, status: 250 },
    ]);
    expect(createTransport).toHaveBeenCalledTimes(2);
  });
});
