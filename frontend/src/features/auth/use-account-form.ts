/** What signing in and up have in common: look, send, say what is wrong, wait where one has to. */
import { useMutation } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { SignedIn } from '../../../../backend-node/src/contract/auth.ts';
import { isProblem } from '../../lib/api/problem.ts';
import { session } from '../../lib/api/session.ts';
import { formProblems, type FormProblem, type Told } from '../../ui/form-problem.ts';
import { useWait } from '../../ui/use-wait.ts';
import { words } from './words.ts';

type Values = Readonly<Record<string, string>>;

interface Wish {
  readonly send: (values: Values) => Promise<SignedIn>;
  readonly look: (values: Values) => readonly FormProblem[];
  readonly told: Told;
}

export function useAccountForm({ send, look, told }: Wish) {
  const [seen, setSeen] = useState<readonly FormProblem[]>([]);
  const [left_s, wait] = useWait();
  const sending = useMutation({
    mutationFn: send,
    onSuccess: (signedIn) => session.accept(signedIn),
    onError: (error) => isProblem(error, 'too_many_requests') && wait(error.retry_after_s),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = textsOf(form);
    const found = look(values);
    setSeen(found);
    sending.reset();
    if (found.length > 0) focusField(form, found);
    else sending.mutate(values, { onError: (error) => focusField(form, formProblems(error, told)) });
  };
  const problems = seen.length > 0 ? seen : problemsOf(sending.error, told, left_s);
  return { submit, problems, busy: sending.isPending, waits: left_s > 0 };
}

function problemsOf(error: unknown, told: Told, left_s: number): readonly FormProblem[] {
  if (!isProblem(error, 'too_many_requests')) return formProblems(error, told);
  return left_s > 0 ? [{ at: '', message: words.problems.wait(left_s) }] : [];
}

function textsOf(form: HTMLFormElement): Values {
  const entries = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(entries);
}

/** So that it is also heard what is wrong. */
function focusField(form: HTMLFormElement, [first]: readonly FormProblem[]): void {
  const field = form.elements.namedItem(first?.at ?? '');
  if (field instanceof HTMLElement) field.focus();
}
