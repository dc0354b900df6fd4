/** How often values that change without the admin are loaded again, in milliseconds. */
export const refreshMs = 4_000;
/** How often a run or a simulation is loaded again while it is under way, in milliseconds. */
export const runRefreshMs = 600;
