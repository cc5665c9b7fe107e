package dev.linkedrole.simulation;

/** Sees what calls do. */
interface Witness {

    /** A call has taken effect, whether or not anybody is ever to hear of it. */
    void tookEffect(MortalProcess process, Service service, String operation);
}
