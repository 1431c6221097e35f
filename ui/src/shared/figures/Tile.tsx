import type { ReactNode } from 'react';
import './figures.css';

interface TileProps {
  label: string;
  children: ReactNode;
  note: ReactNode;
  onClick?: () => void;
  /** What a click does. */
  title?: string;
  testId: string;
  value?: string;
}

/** A figure with what it is called and made of; where it can be pressed, a button. */
export function Tile({ label, children, note, onClick, title, testId, value }: TileProps) {
  const inner = (
    <>
      <span className="tile-label">{label}</span>
      <span className="tile-value">{children}</span>
      <span className="tile-note">{note}</span>
    </>
  );
  return onClick ? (
    <button
      type="button"
      className="tile tile-link"
      title={title}
      data-testid={testId}
      data-value={value}
      onClick={onClick}
    >
      {inner}
    </button>
  ) : (
    <div className="tile" data-testid={testId} data-value={value}>
      {inner}
    </div>
  );
}
