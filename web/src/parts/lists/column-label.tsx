/** The name of a column, for who hears a row without its head: “…, Status: Active”. */
export function ColumnLabel({ children }: { children: string }) {
  return <span className="for-screen-readers">{`, ${children}: `}</span>;
}
