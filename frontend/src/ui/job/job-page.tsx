import type { ReactNode } from 'react';
import classes from './job-page.module.css';

/** One batch or one import: its header first, then what is in it. */
export const JobPage = ({ children }: { children: ReactNode }) => <div className={classes.page}>{children}</div>;
