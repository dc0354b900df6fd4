/**
 * The topic of `CommitNotes` under which those say so who queue somebody who has left or come back, or who let a workspace do
 * something about them at once: the lane of leavers then looks there. Without it, the lane finds them at its next look.
 */
export const laneTopic = 'lane';
