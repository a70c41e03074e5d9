const number = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** `1,234` */
export function count(value: number): string {
  return number.format(value);
}

/** `45 s`, `3 min`, `2 h 5 min` */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
