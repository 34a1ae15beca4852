/** People of a town hall speak of gigabytes, the platform of bytes. */
export const gigabyte = 1_000_000_000;

/** "12,5" → bytes; empty → null, for what is said elsewhere; not a number of gigabytes → undefined. */
export function bytesOf(typed: string): number | null | undefined {
  const text = typed.trim().replace(',', '.').replace(/\s/gu, '');
  if (text === '') return null;
  return /^\d{1,7}(\.\d{1,3})?$/.test(text) ? Math.round(Number(text) * gigabyte) : undefined;
}

/** As one types it again. */
export function gigabytesOf(bytes: number | null): string {
  return bytes === null ? '' : String(bytes / gigabyte).replace('.', ',');
}
