// Sets the clock of a program that is started with `--require` of this file to a noon, so that pictures show the same
// dates each time. It stands still, but for a program that waits, which is told by CLOCK=moves.
'use strict';
const { env } = process;
const noon = Date.parse('2026-11-23T12:00:00+08:00');
Date.now = () => noon + (env.CLOCK === 'moves' ? Math.floor(performance.now()) : 0);
