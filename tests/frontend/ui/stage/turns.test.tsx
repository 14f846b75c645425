// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { Turns } from '../../../../frontend/src/ui/stage/turns.tsx';
import { show } from '../../params/show.tsx';

function shown(keysOnly: boolean) {
  const next = vi.fn();
  show(
    <>
      <Turns onPrevious={undefined} onNext={next} keysOnly={keysOnly} />
      <div role="slider" tabIndex={0} aria-valuenow={50} aria-label="Line" />
    </>,
  );
  return next;
}

const right = (on: Element) => fireEvent.keyDown(on, { key: 'ArrowRight', code: 'ArrowRight' });

test.each([true, false])('an arrow key turns to the next picture (keys only: %s)', (keysOnly) => {
  const next = shown(keysOnly);
  right(document.body);
  expect(next).toHaveBeenCalledOnce();
});

test('arrows on a slider move the slider alone', () => {
  const next = shown(true);
  right(screen.getByRole('slider'));
  expect(next).not.toHaveBeenCalled();
});

test('there are no buttons where there are keys only', () => {
  shown(true);
  expect(screen.queryByRole('button')).toBeNull();
});
