/** The product's own sign. */
export function ToothMark({ size = 24 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinejoin="round"
      aria-hidden
    >
      <path d="M12 5.2C10.600 4.400 9.300 3.800 7.800 3.800 5.200 3.800 3.500 5.800 3.500 8.500c0 2.100.8 3.400 1.400 5.200.5 1.600.6 6.500 2.500 6.500 2.100 0 1.600-5.700 4.600-5.700s2.500 5.700 4.600 5.700c1.900 0 2-4.900 2.500-6.500.6-1.800 1.400-3.100 1.400-5.200 0-2.700-1.700-4.700-4.300-4.700-1.500 0-2.800.6-4.200 1.400Z" />
    </svg>
  );
}
