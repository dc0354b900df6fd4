/** A figure: what is measured, and what it must be. */
export interface Figure {
  name: string;
  is: number;
  atMost?: number;
  atLeast?: number;
  unit: string;
}
