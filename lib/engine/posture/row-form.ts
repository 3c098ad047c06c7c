/**
 * How rows are written; both are read.
 * - `json`: as text, written again once it is known what was published
 * - `deflated`: compressed, written once a delivery; what was published stands in an item of that delivery
 */
export type RowForm = 'json' | 'deflated';
