/** The sign of Vitrine: a glass case with one thing in it. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden>
      <rect width="32" height="32" rx="7" fill="#0e6b66" />
      <path d="M8 23V11.5L16 7l8 4.5V23" fill="none" stroke="#fafaf8" strokeWidth="2.2" strokeLinejoin="round" />
      <path d="M6 24.5h20" stroke="#fafaf8" strokeWidth="2.2" strokeLinecap="round" />
      <circle cx="16" cy="17.5" r="3.4" fill="#fafaf8" />
    </svg>
  );
}
