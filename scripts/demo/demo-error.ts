/** The demo cannot go on; the message is one line for the user. */
export class DemoError extends Error {}
