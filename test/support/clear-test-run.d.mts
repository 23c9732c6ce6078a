/** Ends every process whose command line names the run's folder, then removes the folder. */
export declare function clearTestRun(directory: string | undefined): Promise<void>;
