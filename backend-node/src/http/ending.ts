/** A gateway that stops keeps nobody on the line: each answer is the last of its connection. */
import type { RequestHandler } from 'express';

export const closeWhenEnding =
  (ending: AbortSignal | undefined): RequestHandler =>
  (_req, res, next) => {
    if (ending?.aborted) res.set('Connection', 'close');
    next();
  };
