import { entraGuide } from './entra.ts';
import { googleGuide } from './google.ts';
import type { Guide, Provider } from './guide.ts';
import { jumpCloudGuide } from './jumpcloud.ts';
import { oktaGuides } from './okta.ts';
import { oneLoginGuide } from './onelogin.ts';
import { otherGuide } from './other.ts';
import { pingGuide } from './ping.ts';

/** The ways to connect each identity provider; most have one. */
export const guides: Record<Provider, readonly Guide[]> = {
  entra: [entraGuide],
  okta: oktaGuides,
  onelogin: [oneLoginGuide],
  jumpcloud: [jumpCloudGuide],
  google: [googleGuide],
  ping: [pingGuide],
  other: [otherGuide],
};
