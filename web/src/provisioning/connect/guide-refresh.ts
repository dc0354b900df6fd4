import { secondsMs } from '../../duration.ts';

/** How often the guide looks for what the identity provider did, in milliseconds: an admin waits in front of it. */
export const guideRefreshMs = secondsMs(5);
