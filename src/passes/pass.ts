import type { PassField } from '../protocol/api';

/**
 * A pass under the API's own field names. `pass_id` is always there; whatever else the gateway sent is kept,
 * unknown fields included, in the order it came.
 */
export type Pass = { readonly pass_id: string; readonly shop_id_list?: readonly string[] } & {
  readonly [field in Exclude<PassField, 'pass_id' | 'shop_id_list'>]?: string;
} & Readonly<Record<string, unknown>>;
