/** Names of the machine itself, to which plain http may lead: nobody stands between. As `URL` writes them. */
export const localHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
