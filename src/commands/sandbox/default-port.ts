/** The port of a sandbox when nobody says otherwise. */
export const DEFAULT_PORT = 8788;
