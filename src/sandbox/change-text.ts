/** A change as it is written in JSON. */
export type ChangeText =
  | {
      readonly do: 'put';
      readonly user: string;
      readonly group: string;
      readonly pass: Readonly<Record<string, unknown>>;
    }
  | (PassText & { readonly do: 'status'; readonly status: string })
  | (PassText & { readonly do: 'remove' })
  /** `by` is a time such as `36h` or `7d`. */
  | { readonly do: 'advance'; readonly by: string }
  | { readonly do: 'reset' };

/** `group` is needed where the user holds the id in several. */
interface PassText {
  readonly user: string;
  readonly pass_id: string;
  readonly group?: string;
}
