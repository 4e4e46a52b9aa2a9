/** A change as it is written in JSON. */
export type ChangeText =
  | {
      readonly do: 'put';
      readonly user: string;
      readonly group: string;
      readonly pass: Readonly<Record<string, unknown>>;
    }
  | { readonly do: 'status'; readonly user: string; readonly pass_id: string; readonly status: string }
  | { readonly do: 'remove'; readonly user: string; readonly pass_id: string }
  /** `by` is a time such as `36h` or `7d`. */
  | { readonly do: 'advance'; readonly by: string }
  | { readonly do: 'reset' };
