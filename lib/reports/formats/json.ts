import type { Report } from '../compliance/report.ts';

/** The whole report; its schema is named in it. */
export const reportJson = (report: Report): string => `${JSON.stringify(report, undefined, 2)}\n`;
