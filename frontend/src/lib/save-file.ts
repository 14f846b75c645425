/** Has the browser save something that was made here. */
const KEPT_MS = 60_000;

export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // Browsers read it a while after the click.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
