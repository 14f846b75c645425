/** Rates and times left of work on the server grow old even where no event comes: while it goes on, it is looked at again. */
import { isOpenJob, type ServerJob } from './server-jobs.ts';

const EACH_MS = 5000;

type Work = Pick<ServerJob, 'state'>;
/** What a query has read until now. */
interface Read<T> {
  readonly state: { readonly data: T | undefined };
}

/** For one batch, or one import. */
export const whileOpen = ({ state: { data } }: Read<Work>): number | false =>
  data && isOpenJob(data) ? EACH_MS : false;

/** For a list of them, page by page. */
export const whileAnyOpen = ({ state: { data } }: Read<{ readonly pages: readonly { readonly items: readonly Work[] }[] }>) =>
  data?.pages.some(({ items }) => items.some(isOpenJob)) === true ? EACH_MS : false;
