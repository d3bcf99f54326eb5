import { Text } from '@mantine/core';

const Sample = ({ className, words }: { readonly className: string; readonly words: string }) => (
  <span className="legend-entry">
    <svg width="30" height="16" viewBox="-2 -2 34 20" aria-hidden="true" className="lane">
      <rect width="30" height="16" rx="4" className={className} />
      {className.includes('hatched') && <rect width="30" height="16" rx="4" fill="url(#hatch)" />}
      {className.includes('gap') && <rect width="30" height="16" rx="4" fill="url(#gap-hatch)" />}
    </svg>
    {words}
  </span>
);

/** What the looks mean: each differs by line and pattern, never by colour alone. */
export const Legend = () => (
  <Text component="p" size="xs" c="dimmed" className="legend">
    <Sample className="glyph solid" words="happened" />
    <Sample className="glyph light" words="tried" />
    <Sample className="glyph outlined" words="planned" />
    <Sample className="glyph hatched" words="reported, not observed" />
    <Sample className="gap missed" words="nobody made contact" />
    <span className="legend-entry">
      <svg width="16" height="14" viewBox="-2 -6 14 14" aria-hidden="true">
        <path d="M0,4 q6,-8 8,3" className="late-hook" />
      </svg>
      arrived late
    </span>
    <span className="legend-entry">→ goes on</span>
    <span className="legend-entry">? end not known</span>
  </Text>
);
