/** Tieout's mark: two columns of figures, tied by one line. Drawn here so that no file has to load. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false" className="mark">
      <rect width="32" height="32" rx="8" className="mark-ground" />
      <path d="M8 10.5h5M8 21.5h5M19 10.5h5M19 21.5h5" className="mark-figures" />
      <path d="M13.5 21.5c4 0 1-11 5-11" className="mark-tie" />
    </svg>
  );
}
