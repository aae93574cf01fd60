import { encode } from 'uqr';

/** A QR code as one path, dark on light in both themes: cameras want it so. @param text what it says @param label for screen readers */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .filter(Boolean)
    .join('');
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className="mx-auto my-5 w-full max-w-56 rounded-field bg-white"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
