"""What the glossary lacks, told to editors: one report by kind of lack, under one entry of the menu."""
