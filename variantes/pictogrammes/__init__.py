"""The bank of pictograms: our drawings, and which of them fits a line. No model, no HTTP."""
