import { expect, test } from 'vitest';
import { versionLines, versionNotes, versionTitle } from '../../../../frontend/src/features/image/version-words.ts';
import { aVersion } from './an-image.ts';

const presets = new Map([['cutout', 'Cut-out']]);

test('a version is called by its number and the title of its preset', () => {
  expect(versionTitle({ number: 3, preset: 'cutout' }, presets)).toBe('Version 3: Cut-out');
});

test('a saved recipe is called as somebody called it, and a recipe of its own is said so', () => {
  expect(versionTitle({ number: 1, preset: 'My look' }, presets)).toBe('Version 1: My look');
  expect(versionTitle({ number: 1, preset: '' }, presets)).toBe('Version 1: Own steps');
});

test('quality is told before and after, and not at all where it was not measured', () => {
  expect(versionLines(aVersion())).toContain('Quality 76 → 100');
  expect(versionLines(aVersion({ quality_before: null }))).toContain('Quality 100');
  expect(versionLines(aVersion({ quality_after: null }))).toHaveLength(2);
});

test('notes are counted in the list and told in full where the version is looked at', () => {
  const version = { review_state: 'needs_review', warnings: ['Soft.', 'Dark.'] };
  expect(versionNotes(version, false)).toEqual(['Needs a look, 2 notes']);
  expect(versionNotes(version, true)).toEqual(['Needs a look', 'Soft.', 'Dark.']);
});

test('a good version has no notes', () => {
  expect(versionNotes({ review_state: 'auto_approved', warnings: [] }, false)).toEqual([]);
});
