package dev.posthouse.bench.stage;

/** One thing that is measured: a service alone, the flow, a neighbour. */
public interface Page {

    /** For the command line and the report. */
    String name();

    /** Measures it, and adds the rows. */
    void run(Stage stage);
}
