"""Files in and out: workbook, CSV folder, mail log."""
