/** Ids sort by the time they were made, within one process strictly. */
import { monotonicFactory } from 'ulid';

export const newId = monotonicFactory();

export const now = (): string => new Date().toISOString();
