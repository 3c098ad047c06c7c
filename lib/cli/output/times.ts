/** A duration for people, in its largest fitting unit. */
export const durationText = (seconds: number | undefined): string => {
  if (seconds === undefined) return '';
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${seconds.toFixed(0)} s`;
  if (seconds < 7_200) return `${(seconds / 60).toFixed(0)} min`;
  return seconds < 172_800
    ? `${(seconds / 3_600).toFixed(0)} h`
    : `${(seconds / 86_400).toFixed(0)} d`;
};
