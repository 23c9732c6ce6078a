import type { ReactElement } from 'react';

/** The mark: a banded beacon above the water, which ships steer by in daylight. */
export function DaymarkMark({ size = 28 }: { readonly size?: number }): ReactElement {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#0f3d56" />
      <path d="M13 6h6l3.6 16H9.4z" fill="#fff" />
      <path d="M12.1 10h7.8l1.1 5h-10z" fill="#ff6b4a" />
      <path
        d="M5 25.5c2.75-2 5.5-2 8.25 0s5.5 2 8.25 0 3.7-1.6 5.5-.6"
        fill="none"
        stroke="#7fd1e8"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}
