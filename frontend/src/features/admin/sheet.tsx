import type { ReactNode } from 'react';
import looks from '../../ui/table.module.css';
import classes from './admin.module.css';

/** A table whose head stays in sight; a list of small cards on phones. */
export function Sheet({
  label,
  columns,
  children,
}: {
  label: string;
  columns: readonly string[];
  children: ReactNode;
}) {
  return (
    <table className={`${looks.table} ${classes.table}`} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
