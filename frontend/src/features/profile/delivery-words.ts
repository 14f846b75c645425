/** What a webhook was told, and how that went, as people say it. */
import type { Delivery } from '../../../../backend-node/src/contract/webhooks.ts';
import { formatAgo } from '../../lib/format.ts';
import { words } from './words.ts';

const told = words.deliveries;

export const eventWords = (event: string): string => told.events[event] ?? event;

/** 'The server there had a problem (500). Next try in 10 minutes.' */
export function outcomeWords({ state, attempts, outcome, due_at }: Delivery, now = Date.now()): string {
  if (outcome === '') return told.underWay;
  const what = answerWords(outcome);
  if (state === 'waiting') return `${what} ${told.next(formatAgo(Math.max(Date.parse(due_at), now), now))}`;
  return state === 'failed' && attempts > 1 ? `${what} ${told.givenUp(attempts)}` : what;
}

function answerWords(outcome: string): string {
  if (!/^\d{3}$/.test(outcome)) return sentence(outcome);
  const status = Number(outcome);
  if (status < 300) return told.arrived;
  if (status < 400) return told.moved(status);
  if (status >= 500) return told.trouble(status);
  return (told.answers[status] ?? told.answered)(status);
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
