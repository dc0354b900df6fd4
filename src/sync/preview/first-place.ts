/**
 * The first of so many places from which on something holds, or their number when it holds nowhere; found by halves.
 *
 * @param holdsAt holds at every place behind one at which it holds
 */
export function firstPlace(count: number, holdsAt: (place: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holdsAt(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
