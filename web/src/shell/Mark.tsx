/** Two rivers that run together: the sign of Entente. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="e-mark">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path d="M4 20.5c4 0 4-5 8.5-5s4.5 5 8.500 5 4-4 7-4.500" fill="none" stroke="var(--accent-ink)" strokeWidth="3" strokeLinecap="round" />
      <path d="M4 13c4 0 4-4.500 8.500-4.500s4.500 4.500 8.500 4.500 4-3.500 7-4" fill="none" stroke="var(--accent-ink)" strokeOpacity=".6" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}
