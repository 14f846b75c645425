/** Ids sort by the time they were made, within one process strictly. */
import { decodeTime, monotonicFactory } from 'ulid';

export const newId = monotonicFactory();

/** When an id was made. */
export const timeOf = (id: string): string => new Date(decodeTime(id)).toISOString();

export const now = (): string => new Date().toISOString();
