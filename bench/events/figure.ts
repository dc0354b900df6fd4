/** A figure: what is measured, and what it must be; without a bound, it is only told. */
export interface Figure {
  name: string;
  is: number;
  atMost?: number;
  atLeast?: number;
  unit: string;
}
