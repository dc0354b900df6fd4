const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export const secondsMs = (seconds: number): number => seconds * secondMs;
export const minutesMs = (minutes: number): number => minutes * minuteMs;
export const hoursMs = (hours: number): number => hours * hourMs;
export const daysMs = (days: number): number => days * dayMs;
