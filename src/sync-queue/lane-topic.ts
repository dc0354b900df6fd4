/**
 * The topic of `CommitNotes` under which the room that queues somebody who has left or come back says so: the lane of
 * leavers then looks at once. Without it, the lane finds them at its next look.
 */
export const laneTopic = 'lane';
