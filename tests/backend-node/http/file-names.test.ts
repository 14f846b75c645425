import { expect, test } from 'vitest';
import { downloadName, keptName, stemOf } from '../../../backend-node/src/http/file-names.ts';

test.each([
  ['mug.jpg', 'mug.jpg'],
  ['../../x.png', 'x.png'],
  ['C:\\fakepath\\x.png', 'x.png'],
  ['a\u0000b\u001b[31m.png', 'ab[31m.png'],
  ['\u202egnp.exe', 'gnp.exe'],
  ['', 'unnamed'],
  ['dir/', 'unnamed'],
  ['\ud800.png', '.png'],
  ['e\u0301.png', '\u00e9.png'],
  ['👩‍🎨.png', '👩‍🎨.png'],
])('B1 %j is kept as %j', (given, kept) => {
  expect(keptName(given)).toBe(kept);
});

test('B1 a name of any length is cut to 255 letters and keeps its extension', () => {
  const kept = keptName(`${'я'.repeat(5000)}.jpeg`);
  expect(kept).toHaveLength(255);
  expect(kept.endsWith('я.jpeg')).toBe(true);
});

test.each([
  ['mug.jpg', 'image/jpeg', 'mug.jpg'],
  ['mug.JPEG', 'image/jpeg', 'mug.jpeg'],
  ['mug.png', 'image/jpeg', 'mug.jpg'],
  ['mug', 'image/webp', 'mug.webp'],
  ['shell.jpg.php', 'image/jpeg', 'shell.jpg.php.jpg'],
  ['.htaccess', 'image/png', 'htaccess.png'],
  ['a.html', 'text/html', 'a.html.bin'],
  ['../../etc/passwd', 'image/png', 'passwd.png'],
  ['a:b*c?.png', 'image/png', 'a_b_c_.png'],
])('%j with bytes of %s is saved as %j', (name, mime, saved) => {
  expect(downloadName(name, mime)).toBe(saved);
});

test('stems are never empty, never a device, never end in a dot', () => {
  expect(['...', 'CON.png', 'a. .png', `${'x'.repeat(300)}.png`].map((name) => stemOf(name).length > 0)).not.toContain(
    false,
  );
  expect(stemOf('CON.png')).toBe('CON_');
  expect(stemOf('a. .png')).toBe('a');
  expect(stemOf(`${'x'.repeat(300)}.png`)).toHaveLength(120);
});
